// Pictures encoded in pieces and joined without being encoded again.
//
// A piece is an MP4 with pictures only. Its first picture is a key frame and none refers across its
// ends (closed GOP), so pieces of one kind may be put together in any order: that is how a film
// survives the death of its maker, and how an extension keeps the pictures that are there already.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/signal/source.h"
#include "media/clip.h"

namespace media {

class PieceWriter {
public:
    virtual ~PieceWriter() = default;
    virtual base::Status add(const base::Image8& picture) = 0;
    // The piece stands under its name; without it nothing does.
    virtual base::Status finish() = 0;

    // Of `options` quality counts (crf, preset). An existing file is overwritten.
    static base::Result<std::unique_ptr<PieceWriter>> create(const std::string& path, int width_px,
                                                             int height_px, double fps,
                                                             const ClipOptions& options);
};

// Pictures first_frame .. end_frame-1 of a film or piece; end_frame -1 = to its end.
struct PictureSpan {
    std::string path;
    int64_t first_frame = 0, end_frame = -1;
};

struct SpanUse {
    int64_t copied = 0, encoded = 0;  // pictures
};

// One film out of spans that follow one another, with `sound` beside them. Whole GOPs that were
// encoded with the same settings are copied; whatever else is asked for is decoded and encoded
// again with `options`. All spans have the same size; the film's rate is `fps`, a picture stays a
// picture whatever its source's rate was.
// ClipInfo::frame_hash is 0: the pictures before encoding are not known here.
base::Result<ClipInfo> join_clip(const std::vector<PictureSpan>& spans, double fps,
                                 base::AudioSource& sound, const std::string& path,
                                 const ClipOptions& options, SpanUse* use = nullptr,
                                 const base::CancelToken* cancel = nullptr);

// Pictures in a film or piece, counted; an Error when it cannot be read to its end.
base::Result<int64_t> count_pictures(const std::string& path);

}  // namespace media
