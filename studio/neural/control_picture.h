// The world engine's passes as the pictures that control models were trained on.
#pragma once

#include <cstdint>

#include "base/signal/image.h"
#include "render/render.h"

namespace studio {

enum class ControlPass : uint8_t {
    Depth,   // inverse depth, grey: near is white, infinitely far black
    Normal,  // red: to the right, green: up, blue: towards the camera; -1..1 over 0..255
    Edges,   // white lines, one pixel wide, on black: where a body, a depth or a surface breaks off
};

// The depth that is shown as white, in metres: that of the nearest hundredth of the picture, so
// that a speck does not darken the rest. Taken from a shot's first picture it holds for the whole
// shot, or the grey of things that rest would flicker. 1 where there is nothing.
float near_of(const render::Passes& passes);

// RGB, the passes' size. `near_m`: of Depth; what comes nearer stays white.
base::Image8 control_picture(const render::Passes& passes, ControlPass pass, float near_m);

}  // namespace studio
