// What a framing asks of the camera: direction, lens, room around the subject, sharpness.
#pragma once

#include "script/shots/shot_list.h"
#include "studio/director/staging/stage.h"

namespace studio {

bool is_close(script::Framing framing);
bool is_wide(script::Framing framing);
// Forward, before anything is fitted; unit length.
base::Vec3 view_direction(script::Framing framing, const ShotStage& stage);
// As of fit().
double framing_margin(script::Framing framing);
double framing_lens_mm(script::Framing framing);
// f-number, 0: all is sharp.
double framing_aperture(const script::Camera& camera);
// The words leave the camera free: it may go along with what happens.
bool is_free(const script::Camera& camera);

}  // namespace studio
