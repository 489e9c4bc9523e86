// Skins that were built, for the whole process: a film of many shots builds each person once, and a
// person may be built in the background while something else is done. Any thread.
#pragma once

#include <memory>

#include "render/figure/figure_mesh.h"

namespace render {

// The skin of this figure: built now, or waited for when it is being built.
std::shared_ptr<const FigureSkin> skin_of(const world::FigureModel& figure);
// Starts building on a thread of its own; returns at once.
void start_skin(const world::FigureModel& figure);

}  // namespace render
