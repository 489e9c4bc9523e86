#include <algorithm>
#include <utility>

#include "script/writer/story/storyteller.h"

namespace script {

bool Storyteller::open_shot(bool continues, size_t end, size_t begin) {
    shot().end = std::max(shot().begin, end);
    if (static_cast<int>(story_.shots.size()) >= most_shots_) {
        over_ = true;
        return false;
    }
    DraftShot fresh;
    const DraftShot& before = shot();
    fresh.continues = continues;
    fresh.place = before.place;
    fresh.set_asked = false;
    fresh.time_scale = 1;
    fresh.begin = std::max(shot().end, begin);
    story_.shots.push_back(std::move(fresh));
    shot_index_ = static_cast<int>(story_.shots.size()) - 1;
    last_subjects_.clear();
    return true;
}

size_t Storyteller::clause_begin() const {
    const auto& actions = story_.shots.back().actions;
    const bool said = !actions.empty() && actions.back().sentence == sentence_;
    if (!said) return sentence_begin_;
    if (const auto* happening = std::get_if<Happening>(&items_[at_])) return happening->begin;
    if (const auto* things = std::get_if<Description>(&items_[at_])) return things->begin;
    return sentence_begin_;
}

void Storyteller::take(const NewShot& mark) {
    // "Shot 1: ..." at the start.
    if (shot().empty() && !shot().set_asked && mark.begin <= shot().begin) shot().begin = mark.end;
    if (shot().empty() && !shot().set_asked) return;
    open_shot(true, mark.begin, mark.end);
    fresh_sentence_ = true;
    sentence_begin_ = mark.end;
}

void Storyteller::take(const Sentence& sentence) {
    ++sentence_;
    fresh_sentence_ = true;
    sentence_begin_ = sentence.end;
}

}  // namespace script
