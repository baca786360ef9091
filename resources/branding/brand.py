"""What a co-op drops: its name, and its logo. In memory only; see ``logo`` for the reading of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Logo:
    """A PNG without metadata; ``width`` and ``height`` are those of the picture sent, in pixels."""

    png: bytes
    width: int
    height: int

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """The largest size with the proportions of the logo inside a box, in the box's unit."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


@dataclass(frozen=True)
class Brand:
    """``logo`` is None when only the name is wanted."""

    name: str
    logo: Logo | None = None
