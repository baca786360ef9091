def connect() -> None:
    """x"""
