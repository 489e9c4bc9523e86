// The tiled form of the video VAE's decoder.
#include "neural/ltx/video/tile_blend.h"
#include "neural/ltx/video/video_vae.h"

namespace neural::ltx {

using tensor::Shape;
using tensor::Tensor;

VideoTileStream::VideoTileStream(const VideoVae& vae, int64_t size, int64_t overlap)
    : vae_(&vae), size_(size), overlap_(overlap) {}

base::Result<VideoTileStream> VideoVae::decode_tiles(const VideoTiles& tiles) const {
    const int64_t factor = config_.space_factor();
    if (tiles.size_px % factor != 0 || tiles.overlap_px % factor != 0 || tiles.overlap_px < 0 ||
        tiles.size_px < tiles.overlap_px + factor) {
        return base::usage_error("a tile and its overlap must be multiples of " +
                                 std::to_string(factor) +
                                 " pixels and the tile larger than the overlap");
    }
    // Tiles are evened out, which makes them smaller, and reflection needs two latents.
    if (config_.decoder_padding == tensor::PadMode::Reflect && tiles.size_px < 4 * factor) {
        return base::usage_error("tiles of this video VAE must have at least " +
                                 std::to_string(4 * factor) + " pixels a side");
    }
    return VideoTileStream(*this, tiles.size_px / factor, tiles.overlap_px / factor);
}

base::Result<Tensor> VideoTileStream::push(const Tensor& latents, const base::CancelToken* cancel) {
    return run(latents, false, cancel);
}
base::Result<Tensor> VideoTileStream::finish(const base::CancelToken* cancel) {
    return run({}, true, cancel);
}

base::Result<Tensor> VideoTileStream::run(const Tensor& latents, bool last,
                                          const base::CancelToken* cancel) {
    if (latents.defined()) {
        if (latents.rank() != 5 || latents.elements() < 1) {
            return base::usage_error("video latents must be [B,T,H,W,C], not " +
                                     latents.shape().text());
        }
        if (tiles_.empty()) {
            height_ = latents.dim(2);
            width_ = latents.dim(3);
            const int64_t f = vae_->config().space_factor();
            for (const TileSpan& row : tile_spans(height_, size_, overlap_, f)) {
                for (const TileSpan& column : tile_spans(width_, size_, overlap_, f)) {
                    tiles_.push_back({row, column, vae_->decode_stream()});
                }
            }
        }
        if (latents.dim(2) != height_ || latents.dim(3) != width_)
            return base::usage_error("latents of one clip must have one size");
    }
    if (tiles_.empty()) return base::usage_error("a clip needs at least one latent frame");
    const int64_t factor = vae_->config().space_factor();
    Tensor picture;
    for (Tile& tile : tiles_) {
        Tensor part;
        if (latents.defined()) {
            part = tensor::slice(latents, 2, tile.row.begin, tile.row.end);
            part = tensor::slice(part, 3, tile.column.begin, tile.column.end);
        }
        const Tensor frames =
            TRY(last ? tile.stream.finish(cancel) : tile.stream.push(part, cancel));
        if (!picture.defined()) {
            picture = Tensor::zeros(
                {frames.dim(0), frames.dim(1), height_ * factor, width_ * factor, frames.dim(4)});
        }
        blend_tile(picture, frames,
                   {{{},
                     {tile.row.begin * factor, &tile.row.weights},
                     {tile.column.begin * factor, &tile.column.weights}}});
    }
    return picture;
}

}  // namespace neural::ltx
