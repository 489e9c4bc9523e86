#include "media/sound_feed.h"

#include <cmath>
#include <limits>

namespace media {

base::Result<std::optional<base::AudioBlock>> SoundFeed::pull() {
    while (true) {
        std::optional<base::AudioBlock> block = TRY(source_.next());
        if (!block) return std::optional<base::AudioBlock>();
        if (block->samples.empty()) continue;
        if (block->samples.size() % base::kAudioChannels != 0) {
            return base::failed("the sound source gave half a stereo pair");
        }
        for (const float sample : block->samples) {
            if (!std::isfinite(sample)) {
                return base::failed("the sound is not a finite number near sample " +
                                    std::to_string(samples_));
            }
        }
        if (block->first_sample != samples_) {
            return base::failed("the sound source skipped from sample " + std::to_string(samples_) +
                                " to " + std::to_string(block->first_sample));
        }
        hash_.add(block->samples.data(), block->samples.size() * sizeof(float));
        samples_ += block->sample_count();
        return block;
    }
}

base::Result<SoundWriter> SoundWriter::create(AVFormatContext* file, base::AudioSource& source) {
    SoundWriter writer(source);
    writer.block_ = TRY(writer.feed_.pull());
    if (writer.block_) writer.track_.emplace(TRY(AudioTrack::create(file)));
    return writer;
}

base::Status SoundWriter::write_until(double seconds, const base::CancelToken* cancel) {
    while (block_ && static_cast<double>(block_->first_sample) < seconds * base::kSampleRateHz) {
        if (cancel) TRY(cancel->check());
        TRY(track_->add(block_->samples));
        block_ = TRY(feed_.pull());
    }
    return {};
}

base::Status SoundWriter::write_rest(const base::CancelToken* cancel) {
    return write_until(std::numeric_limits<double>::infinity(), cancel);
}

base::Status SoundWriter::finish() { return track_ ? track_->finish() : base::Status(); }

}  // namespace media
