#include "neural/wan/vae/vae.h"

#include <string>

#include "neural/wan/vae/shortcut.h"
#include "tensor/ops/arithmetic.h"
#include "tensor/ops/layout.h"

namespace neural::wan {

using tensor::Shape;
using tensor::Tensor;

namespace {

constexpr int64_t kColours = 3;

void add_middle(Path& path, const Loader& loader, int64_t width, Places& places) {
    path.push_back(std::make_unique<ResidualBlock>(loader.at("middle", 0), width, width, places));
    path.push_back(std::make_unique<FrameAttention>(loader.at("middle", 1), width));
    path.push_back(std::make_unique<ResidualBlock>(loader.at("middle", 2), width, width, places));
}

Path build_encoder(const Loader& root, const VaeConfig& c, Places& places) {
    const Loader loader = root.at("encoder");
    const size_t levels = c.dim_mult.size();
    Path path;
    int64_t in = c.dim;
    path.push_back(
        std::make_unique<CausalConv>(loader, "conv1", kColours * (c.v22 ? 4 : 1), in, places));
    int64_t index = 0;  // in the 2.1 row of blocks
    for (size_t level = 0; level < levels; ++level) {
        const int64_t out = c.dim * c.dim_mult[level];
        const bool down = level + 1 < levels, time = down && c.temporal_downsample[level];
        if (c.v22) {
            path.push_back(
                std::make_unique<DownLevel>(loader.at("downsamples", static_cast<int64_t>(level)),
                                            in, out, c.num_res_blocks, down, time, places));
        } else {
            for (int64_t i = 0; i < c.num_res_blocks; ++i) {
                path.push_back(std::make_unique<ResidualBlock>(loader.at("downsamples", index++),
                                                               i == 0 ? in : out, out, places));
            }
            if (down) {
                path.push_back(std::make_unique<Downsample>(loader.at("downsamples", index++), out,
                                                            time, places));
            }
        }
        in = out;
    }
    add_middle(path, loader, in, places);
    path.push_back(std::make_unique<Head>(loader, in, 2 * c.z_dim, places));
    path.push_back(std::make_unique<Pointwise>(root, "conv1", 2 * c.z_dim, 2 * c.z_dim));
    return path;
}

Path build_decoder(const Loader& root, const VaeConfig& c, Places& places) {
    const Loader loader = root.at("decoder");
    const size_t levels = c.dim_mult.size();
    const int64_t blocks = c.num_res_blocks + 1;
    Path path;
    path.push_back(std::make_unique<Pointwise>(root, "conv2", c.z_dim, c.z_dim));
    int64_t in = c.dec_dim * c.dim_mult[levels - 1];
    path.push_back(std::make_unique<CausalConv>(loader, "conv1", c.z_dim, in, places));
    add_middle(path, loader, in, places);
    int64_t index = 0;
    for (size_t level = 0; level < levels; ++level) {
        const int64_t out = c.dec_dim * c.dim_mult[levels - 1 - level];
        const bool up = level + 1 < levels, time = up && c.temporal_downsample[levels - 2 - level];
        const Loader at = c.v22 ? loader.at("upsamples", static_cast<int64_t>(level)) : loader;
        if (c.v22 && up) {
            path.push_back(std::make_unique<UpLevel>(at, in, out, blocks, time, places));
            in = out;
            continue;
        }
        for (int64_t i = 0; i < blocks; ++i) {
            const int64_t at_index = c.v22 ? i : index++;
            path.push_back(std::make_unique<ResidualBlock>(at.at("upsamples", at_index),
                                                           i == 0 ? in : out, out, places));
        }
        if (up) {
            path.push_back(std::make_unique<Upsample>(at.at("upsamples", index++), out, out / 2,
                                                      time, places));
        }
        in = up ? out / 2 : out;
    }
    path.push_back(std::make_unique<Head>(loader, in, kColours * (c.v22 ? 4 : 1), places));
    return path;
}

// Pictures [B,T,2H,2W,3] <-> [B,T,H,W,12], channels in the order (colour, column, row).
Tensor fold(const Tensor& x) {
    const int64_t b = x.dim(0), t = x.dim(1), h = x.dim(2) / 2, w = x.dim(3) / 2;
    return tensor::permute(x.reshape({b, t, h, 2, w, 2, kColours}), {0, 1, 2, 4, 6, 5, 3})
        .reshape({b, t, h, w, kColours * 4});
}
Tensor unfold(const Tensor& y) {
    const int64_t b = y.dim(0), t = y.dim(1), h = y.dim(2), w = y.dim(3);
    return tensor::permute(y.reshape({b, t, h, w, kColours, 2, 2}), {0, 1, 2, 6, 3, 5, 4})
        .reshape({b, t, 2 * h, 2 * w, kColours});
}

// Whether channels divide into the groups that the 2.2 shortcuts average and repeat.
bool shortcuts_fit(const VaeConfig& c) {
    const size_t levels = c.dim_mult.size();
    for (size_t level = 0; c.v22 && level < levels; ++level) {
        const int64_t here = c.dim_mult[level], before = level == 0 ? 1 : c.dim_mult[level - 1];
        const bool down = level + 1 < levels;
        const int64_t folded = !down ? 1 : c.temporal_downsample[level] ? 8 : 4;
        if (before * folded % here != 0) return false;
        // The decoder's level `here` takes the channels of the level above, or its own at the top.
        const int64_t above = down ? c.dim_mult[level + 1] : here;
        const int64_t unfolded = level == 0 ? 1 : c.temporal_downsample[level - 1] ? 8 : 4;
        if (level > 0 && here * unfolded % above != 0) return false;
    }
    return true;
}

// A piece of a stream: its channels, and the frame size of the pieces before.
base::Status check_piece(const Tensor& x, int64_t channels, Shape& frame, const char* what) {
    const Shape& s = x.shape();
    if (s.rank() != 5 || s[4] != channels || s.elements() == 0) {
        return base::failed(std::string(what) + " must be [B,T,H,W," + std::to_string(channels) +
                            "], are " + s.text());
    }
    const Shape size{s[0], s[2], s[3]};
    if (frame.rank() == 0) frame = size;
    if (!(frame == size)) {
        return base::failed(std::string(what) + " of a stream must keep their size " +
                            frame.text() + ", are " + size.text());
    }
    return {};
}

}  // namespace

base::Result<Vae> Vae::load(const Loader& loader, const VaeConfig& c, Part part) {
    if (!shortcuts_fit(c)) {
        return base::failed(
            "dim_mult and temperal_downsample do not fit the shortcuts: the channels of a level, "
            "folded, must be a multiple of the next level's",
            loader.source().where());
    }
    Vae vae;
    vae.config_ = c;
    if (part != Part::Decoder) {
        Places places;
        vae.encoder_ = std::make_shared<const Path>(build_encoder(loader, c, places));
        vae.encoder_places_ = places.count();
    }
    if (part != Part::Encoder) {
        Places places;
        vae.decoder_ = std::make_shared<const Path>(build_decoder(loader, c, places));
        vae.decoder_places_ = places.count();
    }
    const int64_t z = c.z_dim;
    vae.mean_ = Tensor::from({z}, c.mean);
    vae.std_ = Tensor::from({z}, c.std);
    vae.inverse_std_ = Tensor({z});
    vae.shift_ = Tensor({z});
    for (int64_t i = 0; i < z; ++i) {
        vae.inverse_std_.f32()[i] = 1 / vae.std_.f32()[i];
        vae.shift_.f32()[i] = -vae.mean_.f32()[i] / vae.std_.f32()[i];
    }
    TRY(loader.finish(part == Part::Both));
    return vae;
}

int64_t Vae::frames_of(int64_t latents) const {
    return latents < 1 ? 0 : 1 + config_.time_factor() * (latents - 1);
}
int64_t Vae::latents_of(int64_t frames) const {
    return frames < 1 ? 0 : 1 + (frames - 1) / config_.time_factor();
}

VaeEncoder::VaeEncoder(Vae vae) : vae_(std::move(vae)), stream_(vae_.encoder_places_) {
    CHECK(vae_.encoder_ != nullptr, "the encoder is loaded");
}

base::Status VaeEncoder::push(const Tensor& clip, const Sink& sink,
                              const base::CancelToken* cancel) {
    TRY(check_piece(clip, kColours, frame_, "frames"));
    const VaeConfig& c = vae_.config_;
    const int64_t factor = c.space_factor();
    if (clip.dim(2) % factor != 0 || clip.dim(3) % factor != 0) {
        return base::failed(
            "pictures of " + std::to_string(clip.dim(3)) + "x" + std::to_string(clip.dim(2)) +
            " cannot be encoded; both sides must be multiples of " + std::to_string(factor));
    }
    const Sink normalise = [&](const Tensor& moments) {
        const Tensor mean = tensor::slice(moments, 4, 0, c.z_dim);
        return sink(tensor::affine(mean, vae_.inverse_std_, vae_.shift_));
    };
    return run(*vae_.encoder_, 0, c.v22 ? fold(clip) : clip, stream_, normalise, cancel);
}

VaeDecoder::VaeDecoder(Vae vae) : vae_(std::move(vae)), stream_(vae_.decoder_places_) {
    CHECK(vae_.decoder_ != nullptr, "the decoder is loaded");
}

base::Status VaeDecoder::push(const Tensor& latents, const Sink& sink,
                              const base::CancelToken* cancel) {
    const VaeConfig& c = vae_.config_;
    TRY(check_piece(latents, c.z_dim, frame_, "latents"));
    const Sink finish = [&](const Tensor& y) { return sink(c.v22 ? unfold(y) : y); };
    return run(*vae_.decoder_, 0, tensor::affine(latents, vae_.std_, vae_.mean_), stream_, finish,
               cancel);
}

namespace {
template <typename StreamOf>
base::Result<Tensor> whole(StreamOf stream, const Tensor& x, const base::CancelToken* cancel) {
    std::vector<Tensor> parts;
    TRY(stream.push(
        x,
        [&](const Tensor& part) {
            parts.push_back(part);
            return base::Status();
        },
        cancel));
    return parts.size() == 1 ? parts.front() : tensor::concat(parts, 1);
}
}  // namespace

base::Result<Tensor> Vae::encode(const Tensor& clip, const base::CancelToken* cancel) const {
    return whole(VaeEncoder(*this), clip, cancel);
}
base::Result<Tensor> Vae::decode(const Tensor& latents, const base::CancelToken* cancel) const {
    return whole(VaeDecoder(*this), latents, cancel);
}

}  // namespace neural::wan
