"""The pages, for people: the conversation, its answers, and what stands behind them."""
