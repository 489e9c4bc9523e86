// The one picture that stands for a film before it plays (WebP).
#pragma once

#include <string>

#include "base/core/result.h"
#include "base/signal/image.h"

namespace media {

// Chooses while the film streams by: the most telling frame is well lit and rich in detail, and
// not one of a fade. Holds one frame.
class PosterChooser {
public:
    void add(const base::Image8& frame);
    const base::Image8& best() const { return best_; }  // empty before the first frame

private:
    base::Image8 best_;
    double best_score_ = -1;
};

// Scaled down to at most `max_width_px`.
base::Status write_poster(const base::Image8& frame, const std::string& path,
                          int max_width_px = 1280, int quality = 82);

}  // namespace media
