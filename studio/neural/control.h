// Control from the world: the shot list is simulated and drawn by the world engine first, and what
// it knows of the pictures leads a neural model's film: depth, normals or edges beside the film
// (what an IC-LoRA looks at), and the picture that each shot begins with.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "neural/engine/model.h"
#include "script/shots/shot_list.h"
#include "studio/director/take.h"
#include "studio/neural/control_picture.h"
#include "studio/neural/control_wish.h"

namespace studio {

struct ControlOptions {
    render::Quality quality = render::Quality::Standard;  // of first pictures; passes are a draft's
    int threads = 0;
    int64_t first_frame = 0;                        // the film begins at this picture of the list
    std::function<void(const Progress&)> progress;  // the world's own stages, while it is at work
    const base::CancelToken* cancel = nullptr;      // outlives the film
};

// Gives the plan of `list` its reference and first pictures. The world is simulated when the film
// is pulled, and its pictures are drawn as the model asks for them, so memory does not grow with
// the film. `report`: what the world replaced and left out, there once the first was asked for.
void lead_by_world(const script::ShotList& list, const ControlWish& wish,
                   const ControlOptions& options, neural::FilmPlan& plan,
                   std::shared_ptr<script::Report> report);

}  // namespace studio
