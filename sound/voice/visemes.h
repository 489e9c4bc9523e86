// Mouth shapes for speech: the map from flite's US English phones (radio set) to visemes 0..12.
// world/figure moves jaw and lips by the same numbers.
//
//   0 rest         pau, silence                 7 open-mid    eh ey ae  (bed, bay, bad)
//   1 lips closed  p b m                        8 mid         ah ax er axr  (cut, about, bird)
//   2 lip on teeth f v                          9 spread      ih iy y  (bit, beat, yes)
//   3 tongue teeth th dh                       10 rounded     ao ow oy  (bought, boat, boy)
//   4 tongue ridge t d n l s z dx nx el en     11 puckered    uw uh w  (boot, book, we)
//   5 postalveolar sh zh ch jh r               12 wide open   aa aw ay  (father, cow, buy)
//   6 back tongue  k g ng hh
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace sound {

constexpr int kVisemeCount = 13;

// 0 for unknown phones.
int viseme_of_phone(std::string_view phone);

struct SpokenPhone {
    std::string_view phone;
    double end_s = 0;
};

// (start time, viseme), strictly rising in time, first at 0, ending in rest; runs of one viseme
// are joined and shapes shorter than 40 ms give way to their neighbour, except closed lips, which
// the eye misses at once.
std::vector<std::pair<double, int>> viseme_track(const std::vector<SpokenPhone>& phones);

}  // namespace sound
