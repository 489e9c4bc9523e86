// What may be asked of a neural model beside the words of a film.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "neural/engine/model.h"
#include "studio/neural/control.h"

namespace studio {

struct KeyframeFile {
    std::string path;  // PNG, JPEG or WebP
    double seconds = 0;
    double strength = 1;  // above 0, to 1
};

struct NeuralWishes {
    uint64_t memory_bytes = 0;    // for weights and pictures; 0 = what the machine has
    int steps = 0;                // denoising steps; 0 = the model's own number
    std::string negative_prompt;  // "" = the model's own
    std::vector<neural::LoraUse> loras;
    std::vector<KeyframeFile> keyframes;
    std::string reference_path;  // a picture or a clip; "" = none. Not together with control.pass
    std::string sound_path;      // what the pictures are to follow, and the film's sound; "" = none
    ControlWish control;
    bool own_length = false;  // every shot lasts as long as the model thinks
    bool diffusion_decoder = false;
};

}  // namespace studio
