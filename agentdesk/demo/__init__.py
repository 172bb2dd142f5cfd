"""The sample desk of an imaginary shop for coffee machines and beans: invented people, real-looking work.

It stands beside `transfer`: it loads in bulk what an import would, in one change of origin `demo`.
"""
