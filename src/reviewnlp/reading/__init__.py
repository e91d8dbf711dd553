"""Listings to Review records: files of any encoding, page furniture, titles, sections, keywords and links."""
