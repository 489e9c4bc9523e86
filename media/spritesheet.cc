#include "media/spritesheet.h"

#include <algorithm>
#include <cmath>

#include "base/core/check.h"
#include "media/still.h"

namespace media {

Spritesheet::Spritesheet(int columns, int rows, int thumb_width_px)
    : columns_(columns), rows_(rows), thumb_width_px_(thumb_width_px) {
    CHECK(columns > 0 && rows > 0 && thumb_width_px > 0, "a grid of thumbs");
}

void Spritesheet::add(const base::Image8& frame) {
    const int64_t index = frames_++;
    if (index % stride_ != 0) return;
    if (thumbs_.size() == 2 * capacity()) {
        // Full: the odd ones go and from now on half as many come.
        for (size_t i = 1; 2 * i < thumbs_.size(); ++i) thumbs_[i] = std::move(thumbs_[2 * i]);
        thumbs_.resize((thumbs_.size() + 1) / 2);
        stride_ *= 2;
        if (index % stride_ != 0) return;
    }
    const int height =
        std::max(1, static_cast<int>(std::lround(static_cast<double>(frame.height_px) *
                                                 thumb_width_px_ / frame.width_px)));
    thumbs_.push_back({index, resize(frame, thumb_width_px_, height)});
}

std::vector<size_t> Spritesheet::chosen() const {
    const size_t count = std::min(capacity(), thumbs_.size());
    std::vector<size_t> picks;
    for (size_t i = 0; i < count; ++i) {
        picks.push_back(count == 1 ? 0 : i * (thumbs_.size() - 1) / (count - 1));
    }
    return picks;
}

base::Image8 Spritesheet::image() const {
    std::vector<base::Image8> pictures;
    for (const size_t pick : chosen()) pictures.push_back(thumbs_[pick].image);
    return contact_sheet(pictures, std::min<int>(columns_, static_cast<int>(pictures.size())), 0);
}

std::vector<int64_t> Spritesheet::frame_indices() const {
    std::vector<int64_t> indices;
    for (const size_t pick : chosen()) indices.push_back(thumbs_[pick].frame);
    return indices;
}

base::Status Spritesheet::write_jpeg(const std::string& path, int quality) const {
    if (thumbs_.empty()) return base::failed("the film has no frames", path);
    return media::write_jpeg(image(), path, quality);
}

}  // namespace media
