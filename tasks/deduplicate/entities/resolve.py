"""Which full name a short form stands for: by its story, else by the archive, else none."""

from quotidian.tasks.deduplicate.entities.names import known_names
from quotidian.tasks.deduplicate.entities.short_forms import FullNames, name_owner, name_size
from quotidian.tasks.deduplicate.entities.uses import NameUses, name_class


class Resolver:
    """Follows short forms to full names; remembers what it was asked."""

    def __init__(self, full: FullNames, uses: NameUses, apart: frozenset[frozenset[str]] = frozenset()):
        self.full, self.uses, self.apart = full, uses, apart
        self.kept_apart: set[frozenset[str]] = set()
        self.answers: dict[tuple[str, str, str], str] = {}
        self.choices: dict[tuple[str, str], tuple[set[str], set[str]]] = {}

    def resolve(self, key: str, type_: str, story: str) -> str:
        """Key of the entity that a name stands for in a story; with the story where several people fit."""
        class_ = name_class(type_)
        nearby, known = self.choose(key, class_)
        if not nearby or (not known and nearby.isdisjoint(self.uses.stories[story])):
            return key
        asked = (key, class_, story)
        if asked not in self.answers:
            self.answers[asked] = key  # for whoever comes back here while it is being answered
            near = {option for option in nearby & self.uses.stories[story] if self.is_near(key, option, story)}
            self.answers[asked] = self.follow(key, class_, story, near, known)
        return self.answers[asked]

    def follow(self, key: str, class_: str, story: str, near: set[str], known: set[str]) -> str:
        """The one full name that fits, else the key itself, set apart by its story if it is an ambiguous surname."""
        known = {option for option in known if self.is_established(key, option, story)}
        roots = self.bar_roots(key, self.roots(near or known, story), story)
        if len(roots) == 1:
            return min(roots)
        return f"{key}\x1f{story}" if roots and class_ == "person" and " " not in key else key

    def is_near(self, key: str, option: str, story: str) -> bool:
        """Whether a story tells what an acronym means: an article that defines it and one that does not have another name in
        common, since a text that many articles carry makes a story too; where one names nothing else, the story tells it,
        unless the acronym is generally known."""
        if " " in key or key in option.split():
            return True
        beside_key, beside_option = (
            set().union(*(self.uses.names_of[article] for article in self.find_users(name, story)))
            for name in (key, option)
        )
        beside_key, beside_option = beside_key - {key, option}, beside_option - {key, option}
        if not (beside_key and beside_option):
            return key not in known_names()
        return bool(beside_key & beside_option)

    def find_users(self, key: str, story: str) -> list[str]:
        """Articles of a story that give a key as a name."""
        return [article for article in self.uses.articles_of[story] if key in self.uses.names_of[article]]

    def is_established(self, key: str, option: str, story: str) -> bool:
        """Whether what some articles call a name holds in a story that does not tell it: an acronym needs two stories that
        define it, or one about the same country; one that is generally known for something else, and one that countries
        use differently, the same country, as do the last words of what has a country in its name ("Kenya | Labour Congress")."""
        here = set().union(*(self.uses.countries[article] for article in self.find_users(key, story)))
        if " " in key or key in option.split():
            owner = name_owner(option)
            return owner is None or owner in here or owner == name_owner(key)
        there = self.uses.countries[option]
        is_known = key in known_names() or len(self.uses.named_in[option]) < 2
        return bool(there & here) or not (is_known or (there and here))

    def bar_roots(self, key: str, roots: set[str], story: str) -> set[str]:
        """The roots without what longer names that must stay apart from a key stand for, so that no third name joins
        the two."""
        for pair in sorted((pair for pair in self.apart if key in pair), key=sorted):
            longer = {other for other in pair if name_size(key) < name_size(other) and other in self.uses.types}
            barred = self.roots(longer, story)
            if barred & roots:
                self.kept_apart.add(pair)
                roots = roots - barred
        return roots

    def roots(self, options: set[str], story: str) -> set[str]:
        """What the options themselves stand for."""
        return {self.resolve(option, self.uses.types[option], story) for option in sorted(options)}

    def choose(self, key: str, class_: str) -> tuple[set[str], set[str]]:
        """Full names that a key of a class may stand for: in a story that has them, and in the whole archive."""
        if (key, class_) not in self.choices:
            options = {option for option in self.options(key) if self.may_stand_for(key, class_, option)}
            self.choices[key, class_] = (options, self.known_options(key, class_, options))
        return self.choices[key, class_]

    def options(self, key: str) -> set[str]:
        """All full names of a key, without those that must stay apart from it, and those that are short for it in the whole archive: they would
        be one in each story, and its name two."""
        nearby = {option for option in self.full.nearby.get(key, ()) if self.is_less_known(key, option)}
        nearby = {option for option in nearby if key not in self.full.anywhere.get(option, ())}
        options = nearby.union(self.full.anywhere.get(key, ()))
        parted = {option for option in options if frozenset((key, option)) in self.apart} if self.apart else set()
        self.kept_apart |= {frozenset((key, option)) for option in parted}
        return options - parted

    def is_less_known(self, key: str, option: str) -> bool:
        """Whether `option` stands in more articles, so that no story moves a well-known full name to a rare one."""
        rank = {name: (self.uses.articles[name], name_size(name)) for name in (key, option)}
        return " " not in key or rank[key] < rank[option]

    def known_options(self, key: str, class_: str, options: set[str]) -> set[str]:
        """Full names that hold in the whole archive; none where the key mostly means something of another class
        (Washington)."""
        meant = {other: len(stories) for other, stories in self.uses.as_name.get(key, {}).items()}
        if meant and meant.get(class_, 0) < max(meant.values()):
            return set()
        return options & self.full.anywhere.get(key, set())

    def may_stand_for(self, key: str, class_: str, option: str) -> bool:
        """Whether a key of one class can be short for a name: of the same class; or more often short for such
        names than a name of its own, or of its own only in stories on that person (Blinken, taken for a place)."""
        wanted = name_class(self.uses.types[option])
        own = self.uses.as_name.get(key, {}).get(class_, [])
        if class_ == wanted or self.uses.as_short[key, wanted] > len(own):
            return True
        return wanted == "person" and all(option in self.uses.stories[story] for story in own)
