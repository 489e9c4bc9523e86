// What of the world is to lead a neural film, by its names in options and requests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/core/result.h"

namespace studio {

enum class ControlPass : uint8_t {
    Depth,   // inverse depth, grey: near is white, infinitely far black
    Normal,  // red: to the right, green: up, blue: towards the camera; -1..1 over 0..255
    Edges,   // white lines, one pixel wide, on black: where a body, a depth or a surface breaks off
};

struct ControlWish {
    std::optional<ControlPass> pass;
    bool first_frame = false;
    bool any() const { return pass || first_frame; }
};

// "depth", "normal", "edges": one of them at most; "first-frame". Errors (Usage).
base::Result<ControlWish> parse_control(const std::vector<std::string>& names);

}  // namespace studio
