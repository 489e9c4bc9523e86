// The world engine's passes as the pictures that control models were trained on.
#pragma once

#include <cstdint>

#include "base/signal/image.h"
#include "render/render.h"
#include "studio/neural/control_wish.h"

namespace studio {

// The depth that is shown as white, in metres: that of the nearest hundredth of the picture, so
// that a speck does not darken the rest. Taken from a shot's first picture it holds for the whole
// shot, or the grey of things that rest would flicker. 1 where there is nothing.
float near_of(const render::Passes& passes);

// RGB, the passes' size. `near_m`: of Depth; what comes nearer stays white.
base::Image8 control_picture(const render::Passes& passes, ControlPass pass, float near_m);

}  // namespace studio
