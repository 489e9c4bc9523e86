// The story: clauses become shots with a cast, actions and a place. One pass over the items of the
// clause reader, in the order of the text; ids and places are settled at the end. Where what is
// read: script/writer/story/storyteller.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "script/prompt/clause.h"
#include "script/shots/shot_list.h"
#include "script/writer/cast.h"
#include "script/writer/place_choice.h"

namespace script {

// A thing of the cast or a part of the set; which of the two is settled with the place.
struct Ref {
    int entry = -1;
    std::string part;
    std::optional<Mention> mention;  // to cast it where the set has no such part

    bool empty() const { return entry < 0 && part.empty(); }
};

struct DraftAction {
    Action action;  // names are filled in from the refs at the end
    Ref subject, object, instrument, target, outcome_target;
    int sentence = 0;
};

struct DraftShot {
    Place place;
    Camera camera;
    std::optional<Ref> camera_subject;
    std::optional<double> seconds;
    double time_scale = 1;
    bool continues = false;
    bool set_asked = false;  // the set stands in the text
    std::vector<DraftAction> actions;
    std::vector<Line> dialogue;
    std::vector<int> speakers;  // entry of each line, -1 off screen
    std::vector<std::string> sound, asked;
    std::vector<int> present;  // entries
    PlaceChoice votes;
    size_t begin = 0, end = 0;  // bytes of the prompt: the words it came from

    bool empty() const;  // nobody is in it, nothing happens
    void be_present(int entry);
};

struct Story {
    Cast cast;
    std::vector<DraftShot> shots;
    std::optional<Style> style;
    std::optional<double> seconds;  // of the whole film, from the text
    std::vector<std::string> asked;
};

// `most_shots` >= 1: what would come after the last is dropped. `bytes`: of the prompt.
Story tell(const std::vector<Item>& items, int most_shots, size_t bytes);

}  // namespace script
