// Sound on its way into a file: checked, hashed, and no further ahead than the pictures.
#pragma once

#include <optional>

#include "base/signal/source.h"
#include "media/stream_hash.h"
#include "media/tracks.h"

namespace media {

// Pulls from a source; what comes is finite, whole and without gaps, or an Error.
class SoundFeed {
public:
    explicit SoundFeed(base::AudioSource& source) : source_(source) {}

    // The next block with samples in it, nullopt at the end.
    base::Result<std::optional<base::AudioBlock>> pull();
    int64_t samples() const { return samples_; }
    uint64_t hash() const { return hash_.value(); }

private:
    base::AudioSource& source_;
    StreamHash hash_;
    int64_t samples_ = 0;
};

// The sound track beside the pictures. A film without a single sample gets none: players stumble
// over empty ones.
class SoundWriter {
public:
    // Before the file's header is written.
    static base::Result<SoundWriter> create(AVFormatContext* file, base::AudioSource& source);
    // Only what the pictures so far need, so the makers of both advance together.
    base::Status write_until(double seconds, const base::CancelToken* cancel);
    base::Status write_rest(const base::CancelToken* cancel);
    base::Status finish();
    const SoundFeed& feed() const { return feed_; }

private:
    explicit SoundWriter(base::AudioSource& source) : feed_(source) {}

    SoundFeed feed_;
    std::optional<base::AudioBlock> block_;
    std::optional<AudioTrack> track_;
};

}  // namespace media
