"""What a questionnaire is, apart from any database: its shape, its conditions, its values. Pure."""
