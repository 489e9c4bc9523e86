// How long a film and its shots are, in whole frames.
#pragma once

#include <optional>
#include <vector>

namespace script {

constexpr double kUsualSeconds = 5, kUsualShotSeconds = 4.5;

// Lengths of `shots.size()` shots. `shots`: what the text says of each, unset = open.
// `film_text`: length of the whole said in the text; `film_asked`: the caller's option, which wins.
// The sum of the result gives round(total * fps) frames; each shot is at least one frame.
std::vector<double> shot_lengths(const std::vector<std::optional<double>>& shots,
                                 std::optional<double> film_text, std::optional<double> film_asked,
                                 double fps);

// The most shots that fit into a film of that length.
int most_shots(std::optional<double> film_asked, double fps, int wanted);

}  // namespace script
