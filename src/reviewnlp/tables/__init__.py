"""Records in and out of JSON Lines, JSON, CSV, Parquet and Hugging Face datasets."""
