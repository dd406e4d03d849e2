"""The sides of a war as texts refer to them."""
