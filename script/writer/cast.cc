#include "script/writer/cast.h"

#include <algorithm>
#include <set>

#include "script/words/inflect.h"
#include "script/words/wordnet.h"
#include "script/writer/write.h"

namespace script {
namespace {

bool contains(const std::vector<int>& list, int value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

std::string plain_id(std::string_view word, std::string_view kind) {
    std::string id;
    for (const char c : word) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') id += c;
    }
    while (!id.empty() && id.back() == '_') id.pop_back();
    const bool letter_first = !id.empty() && id[0] >= 'a' && id[0] <= 'z';
    if (!letter_first || id.size() > 40) id = kind;
    return id;
}

// Words that gather what stands in an arrangement: "the tower" after "a tower of blocks".
bool names_arrangement(std::string_view word, Arrangement arrangement) {
    switch (arrangement) {
        case Arrangement::Tower:
        case Arrangement::Stack: return word == "tower" || word == "stack" || word == "structure";
        case Arrangement::Wall: return word == "wall";
        case Arrangement::Pyramid: return word == "pyramid";
        case Arrangement::Scattered: return word == "pile" || word == "heap";
        case Arrangement::Row: return word == "row" || word == "line";
        case Arrangement::Spiral: return word == "spiral";
        case Arrangement::Circle: return word == "circle" || word == "ring";
        default: return false;
    }
}

bool sex_fits(const CastEntry& entry, std::string_view sex) {
    return entry.member.look.sex.empty() || sex.empty() || entry.member.look.sex == sex;
}

}  // namespace

std::string spaced(std::string_view word) {
    std::string out(word);
    std::replace(out.begin(), out.end(), '_', ' ');
    return out;
}

int usual_count(const Mention& mention, const Noun& noun, Arrangement arrangement) {
    if (mention.count > 0) return mention.count;
    const bool domino = noun.kind == "domino";
    switch (arrangement) {
        case Arrangement::Spiral: return domino ? 72 : 24;
        case Arrangement::Row: return domino ? 24 : 8;
        case Arrangement::Circle: return domino ? 36 : 10;
        case Arrangement::Tower: return 20;
        case Arrangement::Stack: return 10;
        case Arrangement::Pyramid: return 21;
        case Arrangement::Wall: return 60;
        case Arrangement::Grid: return 25;
        case Arrangement::Scattered: return noun.size_m > 0.5 ? 6 : 18;
        case Arrangement::Rack: return noun.kind == "billiard_ball" ? 15 : 10;
        case Arrangement::Auto: break;
    }
    if (!mention.plural) return 1;
    if (domino) return 30;
    if (noun.kind == "bowling_pin") return 10;
    if (noun.kind == "billiard_ball") return 15;
    if (noun.kind == "snowflake" || noun.kind == "leaf") return 20;
    if (noun.kind == "brick" || noun.kind == "coin" || noun.kind == "marble") return 8;
    return noun.category == "person" || noun.category == "vehicle" ? 2 : 3;
}

bool Cast::full() const { return size() >= kMaxCast; }

void Cast::touch(int entry, bool as_subject) {
    focus_.erase(std::remove(focus_.begin(), focus_.end(), entry), focus_.end());
    // A subject stays a little more in mind than what it acts upon is handled by find().
    (void)as_subject;
    focus_.push_back(entry);
}

int Cast::find(const Mention& mention, const std::vector<int>& not_these) const {
    int best = -1, best_score = 0;
    for (size_t i = 0; i < focus_.size(); ++i) {
        const int index = focus_[i];
        if (contains(not_these, index)) continue;
        const CastEntry& entry = (*this)[index];
        int score = 0;
        if (!mention.word.empty() && entry.word == mention.word) {
            score = 8;
        } else if (!mention.name.empty() && mention.name == mention.word) {
            continue;  // Mary is nobody but Mary
        } else if (names_arrangement(mention.word, entry.member.arrangement)) {
            score = 7;
        } else if (mention.noun && entry.noun == mention.noun->noun) {
            score = 6;
        } else if (mention.noun && entry.noun->category == "ball" &&
                   mention.noun->noun->kind == "ball" && mention.word == "ball") {
            score = 5;
        } else if (mention.noun && is_person_like(*entry.noun) &&
                   is_person_like(*mention.noun->noun)) {
            const Look& said = mention.noun->look;
            const bool generic = said.role.empty() || mention.word == "player";
            if (generic && sex_fits(entry, said.sex)) score = 4;
        } else if ((mention.word == "animal" || mention.word == "creature" ||
                    mention.word == "pet") &&
                   entry.noun->category == "animal") {
            score = 5;
        } else if (mention.noun && mention.noun->noun->kind == "car" &&
                   entry.noun->category == "vehicle" && mention.word == "vehicle") {
            score = 5;
        } else if (mention.noun && entry.implied &&
                   mention.noun->noun->category == entry.noun->category &&
                   entry.noun->category == "ball") {
            score = 3;
        }
        if (score == 0) continue;
        if (mention.noun && is_person_like(*entry.noun) && score >= 6 &&
            !sex_fits(entry, mention.noun->look.sex)) {
            continue;
        }
        const CastMember& member = entry.member;
        if (!mention.colour.empty() && !member.colour.empty() && mention.colour != member.colour)
            continue;
        if (!mention.material.empty() && !member.material.empty() &&
            mention.material != member.material) {
            continue;
        }
        score *= 4;
        if (!mention.colour.empty() && mention.colour == member.colour) score += 2;
        if (!mention.material.empty() && mention.material == member.material) score += 2;
        if (mention.plural == entry.plural) score += 1;
        if (score >= best_score) {
            best = index;
            best_score = score;
        }
    }
    return best;
}

std::vector<int> Cast::resolve_pronoun(const Mention& mention, const std::vector<int>& subject) {
    const std::string& word = mention.pronoun;
    if (word == "itself" || word == "himself" || word == "herself" || word == "themselves") {
        return subject;
    }
    const bool he = word == "he" || word == "him", she = word == "she" || word == "her";
    const bool many = mention.plural;
    std::vector<int> candidates;
    for (auto it = focus_.rbegin(); it != focus_.rend(); ++it) {
        if (!contains(subject, *it)) candidates.push_back(*it);
    }
    if (he || she) {
        const std::string_view sex = he ? "male" : "female";
        for (const int index : candidates) {
            CastEntry& entry = (*this)[index];
            if (!is_person_like(*entry.noun) || !sex_fits(entry, sex)) continue;
            if (entry.member.look.sex.empty()) entry.member.look.sex = sex;
            return {index};
        }
        for (const int index : candidates) {
            if (is_animate(*(*this)[index].noun)) return {index};
        }
        return {};
    }
    if (many) {
        for (const int index : candidates) {
            if ((*this)[index].member.count > 1) return {index};
        }
        if (candidates.size() >= 2) return {candidates[1], candidates[0]};
        return candidates;
    }
    for (const int index : candidates) {
        if (!is_person_like(*(*this)[index].noun)) return {index};
    }
    return {};
}

void Cast::note_replacements(const Mention& mention, const CastEntry& entry) {
    const auto add = [&](std::string asked, std::string used, std::string why) {
        for (const Replaced& one : replaced) {
            if (one.asked == asked) return;
        }
        replaced.push_back({std::move(asked), std::move(used), std::move(why)});
    };
    const std::string word = spaced(mention.word);
    if (!mention.name.empty() && mention.name == mention.word) {
        add(mention.name, "person", "a name; nobody's likeness is made");
    } else if (!mention.replaced_why.empty()) {
        add(word, spaced(entry.noun->kind), mention.replaced_why);
    } else if (mention.noun && mention.noun->loose) {
        const auto climb = climb_noun(mention.word);
        const Noun* reached = climb ? find_noun(climb->found) : nullptr;
        add(word, spaced(entry.noun->kind),
            reached == entry.noun ? climb->why : "the nearest thing that can be built");
    }
    if (!mention.material_asked.empty()) {
        add(mention.material_asked, mention.material, "the nearest material");
    }
}

void Cast::merge(CastEntry& entry, const Mention& mention) {
    CastMember& member = entry.member;
    if (!mention.colour.empty() && member.colour.empty()) member.colour = mention.colour;
    if (!mention.material.empty() && member.material.empty()) member.material = mention.material;
    if (mention.size_m && !member.size_m) member.size_m = mention.size_m;
    if (mention.mass_kg && !member.mass_kg) member.mass_kg = mention.mass_kg;
    if (mention.size_factor != 1 && !member.size_m) {
        member.size_m = entry.noun->size_m * mention.size_factor;
    }
    if (mention.arrangement != Arrangement::Auto && member.arrangement == Arrangement::Auto) {
        member.arrangement = mention.arrangement;
        if (mention.noun && (entry.plural || mention.plural)) {
            Mention counted = mention;
            counted.count = 0;
            counted.plural = true;
            if (member.count <= 3)
                member.count = usual_count(counted, *entry.noun, mention.arrangement);
        }
    }
    if (mention.count > 1 && entry.implied) member.count = std::min(mention.count, kMaxBodies);
    const auto take = [](std::string& to, const std::string& from) {
        if (to.empty()) to = from;
    };
    take(member.look.hair, mention.look.hair);
    take(member.look.wearing, mention.look.wearing);
    take(member.look.age, mention.look.age);
    take(member.look.sex, mention.look.sex);
    if (entry.implied && mention.noun) {
        // The prompt names what an action had brought along.
        entry.implied = false;
        entry.word = mention.word;
        if (mention.noun->noun->kind != "ball" || entry.noun->category != "ball") {
            entry.noun = mention.noun->noun;
            member.kind = entry.noun->kind;
        }
    }
    note_replacements(mention, entry);
}

int Cast::add(const Mention& mention, int shot) {
    const NounMatch& match = *mention.noun;
    CastEntry entry;
    entry.noun = match.noun;
    entry.word = mention.word.empty() ? std::string(match.noun->kind) : mention.word;
    if (!mention.name.empty()) entry.word = mention.name;
    entry.plural = mention.plural;
    entry.first_shot = shot;
    CastMember& member = entry.member;
    member.kind = match.noun->kind;
    member.material = mention.material;
    member.colour = mention.colour;
    member.arrangement = mention.arrangement;
    const int wanted = usual_count(mention, *match.noun, mention.arrangement);
    member.count = std::clamp(wanted, 1, kMaxBodies);
    if (mention.count > 1) {
        Mention unsaid = mention;
        unsaid.count = 0;
        entry.usual_count_said = usual_count(unsaid, *match.noun, mention.arrangement) == wanted;
    }
    if (mention.count > kMaxBodies) {
        replaced.push_back({std::to_string(mention.count), std::to_string(kMaxBodies),
                            "the most bodies of one kind that are moved at a time"});
    }
    if (match.noun->kind == "bowling_pin" && member.count >= 3 &&
        member.arrangement == Arrangement::Auto) {
        member.arrangement = Arrangement::Rack;
    }
    member.mass_kg = mention.mass_kg;
    member.size_m = mention.size_m;
    const double factor = mention.size_factor * match.scale;
    if (!member.size_m && factor != 1) member.size_m = match.noun->size_m * factor;
    // The ranges that a shot list allows (script/shots/fields.h).
    if (member.size_m) member.size_m = std::clamp(*member.size_m, 0.001, 200.0);
    if (member.mass_kg) member.mass_kg = std::clamp(*member.mass_kg, 1e-6, 1e6);
    member.look = mention.look;
    note_replacements(mention, entry);
    entries_.push_back(std::move(entry));
    return size() - 1;
}

std::vector<int> Cast::resolve(const Mention& mention, int shot, const std::vector<int>& subject) {
    if (mention.negated) return {};
    if (mention.is_pronoun()) {
        const auto found = resolve_pronoun(mention, subject);
        for (const int index : found) {
            if (mention.count > 1 && (*this)[index].member.count == 1) {
                (*this)[index].member.count = std::min(mention.count, kMaxBodies);
            }
            touch(index, false);
        }
        return found;
    }
    const bool known_again =
        mention.determiner == Determiner::Definite || mention.determiner == Determiner::None;
    if (known_again && mention.count <= 1) {
        const int found =
            find(mention, mention.determiner == Determiner::None ? subject : std::vector<int>{});
        const bool counts_fit = found < 0 || mention.determiner == Determiner::Definite ||
                                (*this)[found].plural == mention.plural;
        if (found >= 0 && counts_fit) {
            merge((*this)[found], mention);
            touch(found, false);
            return {found};
        }
    } else if (mention.determiner == Determiner::Definite) {
        const int found = find(mention);
        if (found >= 0 && (*this)[found].member.count >= mention.count) {
            merge((*this)[found], mention);
            touch(found, false);
            return {found};
        }
    } else if (mention.determiner == Determiner::Indefinite) {
        // "misses a shot ... a ball": what was implied is named now.
        const int found = find(mention, subject);
        if (found >= 0 && (*this)[found].implied) {
            merge((*this)[found], mention);
            touch(found, false);
            return {found};
        }
    }
    if (!mention.noun) {
        if (mention.name.empty()) return {};
        // A name in the place of a thing that acts: somebody.
        for (int i = 0; i < size(); ++i) {
            if ((*this)[i].word == mention.name) {
                touch(i, false);
                return {i};
            }
        }
        if (full()) return {};
        Mention somebody = mention;
        somebody.noun = match_noun("person");
        const int index = add(somebody, shot);
        touch(index, true);
        return {index};
    }
    if (full()) return {};
    const int index = add(mention, shot);
    touch(index, true);
    return {index};
}

int Cast::imply(std::string_view noun_word, int shot, int count) {
    const auto match = match_noun(noun_word);
    if (!match) return -1;
    if (full()) return -1;
    CastEntry entry;
    entry.noun = match->noun;
    entry.word = match->singular;
    entry.implied = true;
    entry.plural = count > 1;
    entry.first_shot = shot;
    entry.member.kind = match->noun->kind;
    entry.member.look = match->look;
    entry.member.colour = match->colour;
    entry.member.count = count;
    entries_.push_back(std::move(entry));
    focus_.insert(focus_.begin(), size() - 1);
    return size() - 1;
}

// All entries together give at most kMaxBodiesInAll; large crowds shrink alike.
void Cast::limit_bodies() {
    int total = 0;
    for (const CastEntry& entry : entries_) total += entry.member.count;
    if (total <= kMaxBodiesInAll) return;
    for (CastEntry& entry : entries_) {
        const int count = entry.member.count;
        const int fewer = std::max(
            1, static_cast<int>(static_cast<int64_t>(count) * (kMaxBodiesInAll - size()) / total));
        if (fewer >= count) continue;
        entry.member.count = fewer;
        replaced.push_back({std::to_string(count) + " " + spaced(entry.word), std::to_string(fewer),
                            "the most bodies that are moved at a time"});
    }
}

void Cast::name_all() {
    limit_bodies();
    std::set<std::string> taken;
    const auto bodies_free = [&](const std::string& id, int count) {
        for (int n = 1; n <= count; ++n) {
            if (taken.count(n == 1 ? id : id + "_" + std::to_string(n))) return false;
        }
        return true;
    };
    for (CastEntry& entry : entries_) {
        const std::string word = plain_id(entry.word, entry.noun->kind);
        std::string id = word;
        for (int n = 2; !bodies_free(id, entry.member.count); ++n) {
            id = word + "_" + std::to_string(n);
        }
        entry.member.id = id;
        for (int n = 1; n <= entry.member.count; ++n) {
            taken.insert(n == 1 ? id : id + "_" + std::to_string(n));
        }
    }
}

}  // namespace script
