#include "neural/wan/pipeline/conditions.h"

#include <algorithm>

#include "tensor/ops/layout.h"

namespace neural::wan {

using tensor::Shape;
using tensor::Tensor;

namespace {
// [1,f,h,w,z] -> [z,f,h,w]
Tensor channels_first(const Tensor& latents) {
    const Shape s = latents.shape();
    return tensor::permute(latents, {0, 4, 1, 2, 3}).reshape({s[4], s[1], s[2], s[3]});
}
}  // namespace

base::Result<Tensor> encode_start(const Vae& vae, const Tensor& start,
                                  const base::CancelToken* cancel) {
    return channels_first(TRY(vae.encode(start, cancel)));
}

base::Result<Tensor> start_channels(const Vae& vae, const Tensor& start, const Shape& latent,
                                    const base::CancelToken* cancel) {
    std::vector<Tensor> parts;
    const Sink keep = [&](const Tensor& part) {
        parts.push_back(part);
        return base::Status();
    };
    VaeEncoder encoder(vae);
    TRY(encoder.push(start, keep, cancel));
    // Black frames group by group: the whole clip of zeros is never held.
    const int64_t given = start.dim(1), group = vae.config().time_factor();
    const Tensor black = Tensor::zeros({1, group, start.dim(2), start.dim(3), 3});
    for (int64_t have = given; have < vae.frames_of(latent[1]); have += group)
        TRY(encoder.push(black, keep, cancel));
    const Tensor seen = channels_first(tensor::concat(parts, 1));

    const int64_t frames = latent[1], plane = latent[2] * latent[3];
    const int64_t marked = std::min(vae.latents_of(given), frames);
    Tensor mask = Tensor::zeros({group, frames, latent[2], latent[3]});
    for (int64_t c = 0; c < group; ++c)
        std::fill_n(mask.f32() + c * frames * plane, marked * plane, 1.0f);
    return tensor::concat(std::vector<Tensor>{mask, seen}, 0);
}

void keep_clean(Tensor& latent, const Tensor& clean) {
    const int64_t channels = latent.dim(0), given = clean.dim(1) * clean.dim(2) * clean.dim(3);
    const int64_t all = latent.dim(1) * latent.dim(2) * latent.dim(3);
    for (int64_t c = 0; c < channels; ++c)
        std::copy_n(clean.f32() + c * given, given, latent.f32() + c * all);
}

}  // namespace neural::wan
