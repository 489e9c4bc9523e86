// Where a film takes place when the prompt does not say: every thing and happening votes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "script/shots/shot_list.h"
#include "script/words/noun.h"

namespace script {

struct PlaceVote {
    std::string_view set;
    double weight;
};

class PlaceChoice {
public:
    void vote(std::string_view set, double weight);
    // A thing of the cast: its usual place. `role` of persons; `moves`: it walks, runs, flies.
    void vote_thing(const Noun& noun, std::string_view role, double weight, double size_m);
    void vote_floor(std::string_view material, double weight);
    // Something of the set is spoken of ("shelf"): sets that have it.
    void vote_part(std::string_view part, double weight);
    // The set with most votes (the first in case of a tie), "" when there are none.
    std::string_view winner() const;
    // The same among sets under the open sky.
    std::string_view winner_outdoors() const;

private:
    std::vector<PlaceVote> votes_;
};

}  // namespace script
