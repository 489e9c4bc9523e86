// Speech without the vocal cords: linear prediction keeps the mouth, noise replaces the voice.
#pragma once

#include <vector>

namespace sound {

// In place, 48 kHz. LPC by Levinson-Durbin (Makhoul 1975, "Linear prediction: a tutorial review"),
// order 20 at 16 kHz, frames of 25 ms overlapped by half. Same length, deterministic.
void whisper(std::vector<float>& samples);

}  // namespace sound
