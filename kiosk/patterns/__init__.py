"""Questions asked of feelings and chats over time."""
