// What a shot's events, slides and voices sound like, each at its film time and place.
#pragma once

#include <vector>

#include "sound/hear.h"
#include "sound/source/source.h"

namespace sound {

// Sorted by start. `shot_gain` rides the level of the shot's effects as a film mixer would: a
// domino in close-up and a wrecking ball both fill the picture (see shot_gain()).
std::vector<PlacedSource> sources_from(const ShotSound& shot);

// Gain that brings the shot's strongest contact, as heard at its ear, most of the way (3/4 of the
// decibels) to a common peak. Slides count three times, being long. 4 where nothing sounds.
double shot_gain(const ShotSound& shot);

}  // namespace sound
