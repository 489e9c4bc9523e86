// Sound for the eye: a waveform and a spectrogram under one another, time from left to right.
#pragma once

#include "base/core/result.h"
#include "base/signal/image.h"
#include "base/signal/source.h"

namespace media {

struct SoundPictureOptions {
    int width_px = 1280;
    int wave_height_px = 90;       // peak (dark) and rms (bright); full height = full scale
    int spectrum_height_px = 180;  // 40 Hz (bottom) to 16 kHz (top), logarithmic; -90..0 dB
};

// Reads the source to its end, in bounded memory.
base::Result<base::Image8> draw_sound(base::AudioSource& sound,
                                      const SoundPictureOptions& options = {});

}  // namespace media
