// Options that are for models of the neural engine only.
#pragma once

#include "apps/cli/options.h"
#include "studio/neural/wishes.h"

namespace apps {

// What was asked of the model. Errors (Usage) at the option: values that cannot be, files that are
// not there, any of them with an engine that would not listen.
base::Result<studio::NeuralWishes> neural_wishes(const FilmOptions& options);

// Names of those that were given.
std::vector<std::string> neural_options_given(const FilmOptions& options);

// FILE[:STRENGTH][:high|:low]; FILE may be the name of an installed LoRA.
base::Result<neural::LoraUse> parse_lora(const std::string& text);
// FILE@SECONDS
base::Result<studio::KeyframeFile> parse_keyframe(const std::string& text);

}  // namespace apps
