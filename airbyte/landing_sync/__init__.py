"""Lands what an Airbyte connector reads as the files that Airbyte's S3 destination would write."""
