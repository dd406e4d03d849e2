"""Tests of helpers/extract, a file for each of its floors."""
