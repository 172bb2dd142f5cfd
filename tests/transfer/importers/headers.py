"""Header rows as other systems write them: facts, to recognise files by.

What the sources do not spell out (`...`) is filled in with the names of the same layout.
"""

from typing import Final

HEADERS: Final[dict[str, tuple[str, str]]] = {
    "google, since 2023": (
        "google",
        (
            "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
            "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,"
            "Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,"
            "Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,"
            "Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,"
            "Address 1 - Extended Address,Website 1 - Label,Website 1 - Value,Event 1 - Label,Event 1 - Value,"
            "Custom Field 1 - Label,Custom Field 1 - Value"
        ),
    ),
    "google, before 2023": (
        "google",
        (
            "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,"
            "Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,"
            "Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,"
            "Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,"
            "Organization 1 - Type,Organization 1 - Name,Organization 1 - Yomi Name,Organization 1 - Title,"
            "Organization 1 - Department"
        ),
    ),
    "outlook on the desktop": (
        "outlook",
        (
            "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,"
            "Business Street 2,Business Street 3,Business City,Business State,Business Postal Code,"
            "Business Country/Region,Home Street,Home Street 2,Home Street 3,Home City,Home State,Home Postal Code,"
            "Home Country/Region,Other Street,Other Street 2,Other Street 3,Other City,Other State,Other Postal Code,"
            "Other Country/Region,Assistant's Phone,Business Fax,Business Phone,Business Phone 2,Callback,Car Phone,"
            "Company Main Phone,Home Fax,Home Phone,Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,"
            "Primary Phone,Radio Phone,TTY/TDD Phone,Telex,Account,Anniversary,Assistant's Name,Billing Information,"
            "Birthday,Business Address PO Box,Categories,Children,Directory Server,E-mail Address,E-mail Type,"
            "E-mail Display Name,E-mail 2 Address,E-mail 2 Type,E-mail 2 Display Name,E-mail 3 Address,E-mail 3 Type,"
            "E-mail 3 Display Name,Gender,Government ID Number,Hobby,Home Address PO Box,Initials,Internet Free Busy,"
            "Keywords,Language,Location,Manager's Name,Mileage,Notes,Office Location,Organizational ID Number,"
            "Other Address PO Box,Priority,Private,Profession,Referred By,Sensitivity,Spouse,User 1,User 2,User 3,User 4,"
            "Web Page"
        ),
    ),
    "outlook on the desktop, older": (
        "outlook",
        (
            "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,"
            "Business Street 2,Business Street 3,Business City,Business State,Business Postal Code,Business Country,"
            "Home Street,Home Street 2,Home Street 3,Home City,Home State,Home Postal Code,Home Country,Other Street,"
            "Other Street 2,Other Street 3,Other City,Other State,Other Postal Code,Other Country,Assistant's Phone,"
            "Business Fax,Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,Home Phone,"
            "Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Radio Phone,TTY/TDD Phone,Telex,"
            "Account,Anniversary,Assistant's Name,Billing Information,Birthday,Business Address PO Box,Categories,"
            "Children,Directory Server,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type,"
            "E-mail 2 Display Name,E-mail 3 Address,E-mail 3 Type,E-mail 3 Display Name,Gender,Government ID Number,"
            "Hobby,Home Address PO Box,Initials,Internet Free Busy,Keywords,Language,Location,Manager's Name,Mileage,"
            "Notes,Office Location,Organizational ID Number,Other Address PO Box,Priority,Private,Profession,Referred By,"
            "Sensitivity,Spouse,User 1,User 2,User 3,User 4,Web Page"
        ),
    ),
    "outlook.com, 61 columns": (
        "outlook-web",
        (
            "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,"
            "E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,Business Phone 2,Mobile Phone,"
            "Car Phone,Other Phone,Primary Phone,Pager,Business Fax,Home Fax,Other Fax,Company Main Phone,Callback,"
            "Radio Phone,Telex,TTY/TDD Phone,IMAddress,Job Title,Department,Company,Office Location,Manager's Name,"
            "Assistant's Name,Assistant's Phone,Company Yomi,Business Street,Business City,Business State,"
            "Business Postal Code,Business Country/Region,Home Street,Home City,Home State,Home Postal Code,"
            "Home Country/Region,Other Street,Other City,Other State,Other Postal Code,Other Country/Region,"
            "Personal Web Page,Spouse,Schools,Hobby,Location,Web Page,Birthday,Anniversary,Notes"
        ),
    ),
    "outlook.com, 32 columns": (
        "outlook-web",
        (
            "First Name,Middle Name,Last Name,Title,Suffix,Nickname,E-mail Address,E-mail 2 Address,E-mail 3 Address,"
            "Home Phone,Business Phone,Mobile Phone,Business Fax,Company,Job Title,Department,Home Street,Home City,"
            "Home State,Home Postal Code,Home Country/Region,Business Street,Business City,Business State,"
            "Business Postal Code,Business Country/Region,Web Page,Birthday,Anniversary,Spouse,Notes,Categories"
        ),
    ),
    "linkedin, as Outlook": (
        "linkedin",
        (
            "Title,First Name,Middle Name,Last Name,Suffix,E-mail Address,E-mail 2 Address,E-mail 3 Address,"
            "Business Street,Business Street 2,Business Street 3,Business City,Business State,Business Postal Code,"
            "Business Country,Home Street,Home Street 2,Home Street 3,Home City,Home State,Home Postal Code,Home Country,"
            "Other Street,Other Street 2,Other Street 3,Other City,Other State,Other Postal Code,Other Country,"
            "Assistant's Phone,Business Fax,Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,"
            "Home Fax,Home Phone,Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Radio Phone,"
            "TTY/TDD Phone,Telex,Assistant's Name,Birthday,Company,Department,Job Title,Manager's Name,Notes,"
            "Other Address PO Box,Spouse,Web Page,Personal Web Page"
        ),
    ),
    "linkedin, today": (
        "linkedin",
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    ),
    "hubspot, an export": (
        "hubspot",
        (
            "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Contact owner,Lifecycle Stage,Create Date,"
            "Last Activity Date,Last Contacted,Company Name,Website URL"
        ),
    ),
    "hubspot, a view": (
        "hubspot",
        (
            "Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Create Date,Associated Company,Country/Region,"
            "Contact owner"
        ),
    ),
    "hubspot, companies by number": (
        "hubspot",
        "Record ID,First Name,Last Name,Email,Phone Number,Associated Company IDs",
    ),
    "hubspot, for its import": (
        "hubspot",
        (
            "First name,Last name,Email address,Phone number,Mobile phone number,Job title,Company name,Website URL,City,"
            "State/Region,Country/Region,Lifecycle stage,Lead status,Contact owner"
        ),
    ),
    "salesforce, a report": (
        "salesforce",
        (
            "Salutation,First Name,Last Name,Title,Mailing Street,Mailing City,Mailing State/Province,"
            "Mailing Zip/Postal Code,Mailing Country,Phone,Email,Contact Record Type,Account Name,Account Owner,"
            "Lead Source"
        ),
    ),
    "salesforce, another report": (
        "salesforce",
        (
            "First Name,Last Name,Title,Mailing Street,Mailing City,Mailing State/Province,Mailing Zip/Postal Code,"
            "Mailing Country,Phone,Mobile,Fax,Email,Account Owner,Account Name"
        ),
    ),
    "salesforce, an export": (
        "salesforce",
        (
            "Id,IsDeleted,MasterRecordId,AccountId,LastName,FirstName,Salutation,Name,OtherStreet,OtherCity,OtherState,"
            "OtherPostalCode,OtherCountry,MailingStreet,MailingCity,MailingState,MailingPostalCode,MailingCountry,Phone,"
            "Fax,MobilePhone,HomePhone,OtherPhone,AssistantPhone,ReportsToId,Email,Title,Department,AssistantName,"
            "LeadSource,Birthdate,Description,OwnerId,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,"
            "SystemModstamp,Level__c"
        ),
    ),
    "zendesk": (
        "zendesk",
        "name,email,external_id,details,notes,phone,role,restriction,organization,tags",
    ),
    "zendesk, with a field of one's own": (
        "zendesk",
        "name,email,phone,custom_fields.plan,brand",
    ),
    "freshdesk, its labels": (
        "freshdesk",
        (
            "Full name,Title,Email,Work phone,Mobile phone,Twitter,Address,Time zone,Language,Tags,About,"
            "Unique external ID,Company"
        ),
    ),
    "freshdesk, its names": (
        "freshdesk",
        (
            "name,email,phone,mobile,twitter_id,address,description,job_title,language,time_zone,company_id,tags,"
            "other_emails,custom_fields"
        ),
    ),
    "zammad, the example": (
        "zammad",
        "login,firstname,lastname,email,web,active,roles",
    ),
    "zammad, the shortest": (
        "zammad",
        "login,firstname,lastname,email,active",
    ),
    "osticket, its labels": (
        "osticket",
        "Email Address,Full Name,Phone Number,Internal Notes",
    ),
    "chatwoot": (
        "chatwoot",
        (
            "id,name,email,identifier,document_number,phone_number,labels,ip_address,company_name,custom_attribute_1,"
            "custom_attribute_2"
        ),
    ),
    "thunderbird": (
        "thunderbird",
        (
            "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Home Phone,Fax Number,"
            "Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,"
            "Work Address,Work Address 2,Work City,Work State,Work ZipCode,Work Country,Job Title,Department,"
            "Organization,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,Custom 4,"
            "Notes,Screen Name"
        ),
    ),
    "thunderbird, newer": (
        "thunderbird",
        (
            "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,"
            "Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,"
            "Home Country,Work Address,Work Address 2,Work City,Work State,Work ZipCode,Work Country,Job Title,"
            "Department,Organization,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,"
            "Custom 4,Notes,"
        ),
    ),
    "thunderbird, four columns": (
        "thunderbird",
        "Display Name,First Name,Last Name,Primary Email",
    ),
    "a desk's own list": (
        "agentdesk",
        "id,name,email,tier,owner,external_id,open_tickets,created_at,updated_at,version",
    ),
}
"""Which importer each belongs to."""

UNSIGNED: Final = (
    "Record ID,Company name,Company owner,Create Date,Phone Number,Last Activity Date,City,Country/Region,Industry",
    "Account Name,Account Owner,Phone,Lead Source,Mailing Street,Mailing City",
    "Id,IsDeleted,MasterRecordId,Name,Phone,OwnerId,CreatedById,SystemModstamp",
    "Name,Email",
    "email,name,phone,notes",
    "id,name,email,phone_number",
    (
        "id,first_name,last_name,title,company_id,email_home,email_work,email_mobile,email_other,phone_home,"
        "phone_work,phone_mobile,phone_other,address_home,address_work,address_other"
    ),
    "name,email,tags",
    "First Name,Last Name,Primary Email",
    "Vorname,Nachname,E-Mail,Telefon,Firma",
    "name,email,phone,company,title,notes,tags,city",
    "First Name,Last Name,Email,Company,Job Title,Phone,Mobile Phone,Website",
    "Full Name,Work Phone,Mobile Phone,Time Zone,Language,Email,Address",
    "login,name,email",
    "firstname,lastname,email,active",
    "id,name,email,phone_number,labels",
    "name,email,notes,tags,organization",
)
"""Headers without a sign of any system: tables of contacts, whoever wrote them."""
