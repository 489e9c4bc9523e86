// Pictures, clips and sound that lead a model of the neural engine, as inputs of the job.
#pragma once

#include <optional>

#include "apps/server/core/app.h"
#include "apps/server/core/fields.h"

namespace server {

// `keyframes`: up to 16 pictures (pictures.h), each with the `seconds` of the film at which it is
// to be seen; inputs "keyframe_0"… of the video, and payload.keyframes. `film_seconds`: the film's
// length, 0 = not known. Nothing is stored or fetched before every entry is known to be sound.
std::optional<ApiError> take_keyframes(App& app, Fields& fields, const Caller& caller,
                                       double film_seconds, NewVideo& video);

// `reference`: a file part, or an object with exactly one of id (a finished video), file_id and
// image_url; input and payload.reference are "reference". Whether a file is a picture, a clip or
// neither shows when the worker decodes it.
std::optional<ApiError> take_reference(App& app, Fields& fields, const Caller& caller,
                                       NewVideo& video);

// `sound`: a file part, or an object with exactly one of id (a finished video) and file_id; input
// and payload.sound are "sound". Whether it can be heard shows when the worker decodes it.
std::optional<ApiError> take_sound(App& app, Fields& fields, const Caller& caller, NewVideo& video);

}  // namespace server
