// Small pictures of a whole film in one grid, made while the film streams by: what a player shows
// above its time bar. At most `columns` x `rows` thumbs are held, whatever the film's length.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/signal/image.h"

namespace media {

class Spritesheet {
public:
    // Every thumb is `thumb_width_px` wide, its height follows the film's shape.
    Spritesheet(int columns, int rows, int thumb_width_px = 160);

    // Every frame of the film, in order. Only those that stay are scaled.
    void add(const base::Image8& frame);

    // Evenly spaced frames of what was added so far, from the top left; empty before the first.
    base::Image8 image() const;
    // The film frames that the thumbs of image() show.
    std::vector<int64_t> frame_indices() const;
    base::Status write_jpeg(const std::string& path, int quality = 85) const;

private:
    struct Thumb {
        int64_t frame = 0;
        base::Image8 image;
    };

    size_t capacity() const { return static_cast<size_t>(columns_) * rows_; }
    std::vector<size_t> chosen() const;

    int columns_, rows_, thumb_width_px_;
    int64_t frames_ = 0;
    int64_t stride_ = 1;         // a power of two: every stride_-th frame is kept
    std::vector<Thumb> thumbs_;  // at most twice the capacity
};

}  // namespace media
