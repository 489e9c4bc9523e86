// Who and what is in the film: mentions of the prompt become entries of the cast, pronouns and
// "the ball" find the entry that they mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "script/prompt/clause.h"
#include "script/shots/shot_list.h"

namespace script {

struct CastEntry {
    CastMember member;  // member.on and the final id are filled in at the end
    const Noun* noun = nullptr;
    std::string word;      // as said
    bool implied = false;  // brought by an action, not named ("a shot" -> a ball)
    bool plural = false;   // said in the plural
    int on = -1;           // entry it stands on
    std::string on_part;   // or part of the set
    int held_by = -1;      // entry that has it in the hand: "a woman with an umbrella"
    int first_shot = 0;
    bool usual_count_said = false;  // "three balls" where balls would be three anyway
};

class Cast {
public:
    // The entries that a mention means; new ones are added where it brings something new.
    // `subject`: entries that "it" cannot be (the subject of the same clause). Empty when the
    // mention means nothing that can be cast.
    std::vector<int> resolve(const Mention& mention, int shot,
                             const std::vector<int>& subject = {});
    // An entry for something that an action needs.
    int imply(std::string_view noun_word, int shot, int count = 1);
    // Only looks: the entry a mention speaks of, or -1.
    int find(const Mention& mention, const std::vector<int>& not_these = {}) const;

    // Said again: pronouns look at the latest first.
    void touch(int entry, bool as_subject);
    bool full() const;

    std::vector<CastEntry>& entries() { return entries_; }
    const std::vector<CastEntry>& entries() const { return entries_; }
    CastEntry& operator[](int i) { return entries_[static_cast<size_t>(i)]; }
    const CastEntry& operator[](int i) const { return entries_[static_cast<size_t>(i)]; }
    int size() const { return static_cast<int>(entries_.size()); }

    // What the words became that are not exactly what was asked.
    std::vector<Replaced> replaced;

    // Gives every entry its unique id; body names ("ball_2") of counted entries stay free.
    void name_all();

private:
    std::vector<int> resolve_pronoun(const Mention& mention, const std::vector<int>& subject);
    int add(const Mention& mention, int shot);
    void merge(CastEntry& entry, const Mention& mention);
    void limit_bodies();
    void note_replacements(const Mention& mention, const CastEntry& entry);

    std::vector<CastEntry> entries_;
    std::vector<int> focus_;  // latest last
};

// Counts that the words leave open: "dominoes in a spiral" -> 72.
int usual_count(const Mention& mention, const Noun& noun, Arrangement arrangement);

// As a report says it: "bowling_ball" -> "bowling ball".
std::string spaced(std::string_view word);

}  // namespace script
