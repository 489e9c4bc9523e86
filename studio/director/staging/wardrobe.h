// What people wear, from words: "red dress", "a blue raincoat and white shoes".
#pragma once

#include <string>

#include "world/figure/figure.h"

namespace studio {

// Sets outfit and colours of `look`. Returns the garments that have no cut of their own (a cape),
// joined by "and"; empty when all were found.
std::string dress(world::FigureLook& look, const std::string& wearing);

}  // namespace studio
