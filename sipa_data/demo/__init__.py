"""The example city: synthetic, the same in every run, and delivered through the same door as real data."""

from sipa_data.demo.build import build_example_city

__all__ = ["build_example_city"]
