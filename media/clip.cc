#include "media/clip.h"

#include <optional>

#include "media/atomic_file.h"
#include "media/muxer.h"
#include "media/payload.h"
#include "media/sound_feed.h"
#include "media/stream_hash.h"
#include "media/tracks.h"

namespace media {
namespace {

base::Result<ClipInfo> encode_into(const std::string& work_path, base::FrameSource& frames,
                                   base::AudioSource& audio, const ClipOptions& options,
                                   const std::function<void(const ClipProgress&)>& progress,
                                   const base::CancelToken* cancel) {
    Muxer muxer = TRY(Muxer::open(work_path, options));
    VideoTrack video = TRY(VideoTrack::create(muxer.context(), frames.width_px(),
                                              frames.height_px(), frames.fps(), options));
    SoundWriter sound = TRY(SoundWriter::create(muxer.context(), audio));
    TRY(muxer.write_header());

    ClipInfo info;
    StreamHash frame_hash;
    while (true) {
        if (cancel) TRY(cancel->check());
        std::optional<base::Frame> frame = TRY(frames.next());
        if (!frame) break;
        const base::Image8& image = frame->image;
        if (image.width_px != frames.width_px() || image.height_px != frames.height_px() ||
            image.channels != 3) {
            return base::failed("frame " + std::to_string(info.frame_count) +
                                " has another size than its film");
        }
        frame_hash.add(image.data.data(), image.data.size());
        TRY(video.add(image));
        ++info.frame_count;
        TRY(sound.write_until(static_cast<double>(info.frame_count) / frames.fps(), cancel));
        if (progress) progress({info.frame_count, frames.frame_count(), &image});
    }
    if (info.frame_count == 0) return base::failed("the film has no frames");
    TRY(sound.write_rest(cancel));
    TRY(video.finish());
    TRY(sound.finish());
    TRY(muxer.write_trailer());
    info.sample_count = sound.feed().samples();
    info.frame_hash = frame_hash.value();
    info.sample_hash = sound.feed().hash();
    return info;
}

}  // namespace

base::Result<ClipInfo> encode_clip(base::FrameSource& frames, base::AudioSource& audio,
                                   const std::string& path, const ClipOptions& options,
                                   const std::function<void(const ClipProgress&)>& progress,
                                   const base::CancelToken* cancel) {
    TRY(check_sizes(frames, path));
    // Everything that can be refused is refused before the first frame is made.
    std::string box;
    if (!options.payload_json.empty()) box = TRY(payload_box(options.payload_json));
    AtomicFile file = TRY(AtomicFile::create(path, options.overwrite));
    auto encoded = encode_into(file.work_path(), frames, audio, options, progress, cancel);
    if (!encoded.ok()) {
        base::Error error = encoded.error();
        if (error.where.empty()) error.where = path;
        return error;
    }
    ClipInfo info = *encoded;
    TRY(file.append(box));
    info.bytes = TRY(file.size());
    TRY(file.commit());
    return info;
}

}  // namespace media
