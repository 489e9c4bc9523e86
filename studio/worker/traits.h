// What a clip or picture of somebody or something tells at a glance: its colours and its outline.
// Measured, not understood: a guess, and called one ("confidence").
#pragma once

#include <string>
#include <vector>

#include "base/json/json.h"
#include "base/signal/image.h"

namespace studio {

struct TraitColour {
    std::string hex;   // "#rrggbb"
    double share = 0;  // of the figure
};

struct Traits {
    bool person_like = false;
    double confidence = 0;             // [0, 1] that the outline was found and read rightly
    double height_to_width = 1;        // of the figure's box
    double fill = 1;                   // share of that box that the figure covers
    std::vector<TraitColour> colours;  // at most 4, largest share first
    std::string upper_hex, lower_hex;  // of what a person would wear
};

// `pictures`: one or more of the same thing, RGB, any sizes.
//
// What differs from the pictures' edge is the figure; where nothing does, the middle is taken. Its
// colours are the means of k-means in CIE Lab (D65). It is person-like when it stands upright and
// shows skin in its upper part (Chai and Ngan 1999, "Face Segmentation Using Skin-Color Map": Cb 77
// to 127, Cr 133 to 173).
Traits traits_of(const std::vector<base::Image8>& pictures);

base::Json traits_json(const Traits& traits);  // "aozora-traits/1"
// Whatever is missing or wrong keeps its usual value.
Traits traits_from(const base::Json& json);

// The colour word of the language that looks nearest.
std::string colour_word(const std::string& hex);

}  // namespace studio
