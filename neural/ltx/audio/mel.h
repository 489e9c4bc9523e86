// The log-mel spectrogram that the LTX audio VAE encodes (specification 2.11): 16 kHz, windows of
// 1024 samples every 160 (Hann), centred with reflection, magnitude, 64 slaney mel bands from 0 to
// 8000 Hz, ln(max(.,1e-5)).
//
// Unproven against the reference: no golden vector covers it. It is compared with a plain
// double-precision twin of the same definition (mel_test.cc).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/core/result.h"
#include "tensor/core/tensor.h"

namespace neural::ltx {

struct MelSpec {
    int64_t sample_rate = 16000, window = 1024, hop = 160, bands = 64;
    double low_hz = 0, high_hz = 8000;
    float floor = 1e-5f;
};

// Windowed-sinc resampling to spec.sample_rate (Hann over 6 zero crossings, rolloff 0.99, as
// torchaudio does by default). from_rate in [1000, 384000].
base::Result<std::vector<float>> resample(std::span<const float> samples, int64_t from_rate,
                                          int64_t to_rate);

// Triangular bands [bands, window/2+1], slaney scale, each of unit area.
tensor::Tensor mel_bands(const MelSpec& spec);

// wave [B,2,samples] (sample rate `rate`) -> [B,2,1 + samples16k/hop,bands]. At least window/2 + 1
// samples after resampling; finite values.
base::Result<tensor::Tensor> log_mel(const tensor::Tensor& wave, int64_t rate,
                                     const MelSpec& spec = {});

}  // namespace neural::ltx
