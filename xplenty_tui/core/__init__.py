"""The machinery: declarations, the store, filter and sort, words. Knows neither the wire nor the screen."""
