// Rain and snow as particles around the camera: a pure function of world time, nothing is stored.
#pragma once

#include <cstdint>

#include "render/render.h"
#include "script/shots/shot_list.h"
#include "world/record/snapshot.h"

namespace studio {

void add_weather(const script::Place& place, double world_t_s, uint64_t seed,
                 const render::Camera& camera, world::Snapshot& snapshot);

}  // namespace studio
