// Films back into streams of frames and sound, through libavformat: any file that it reads.
// Not a sandbox: a stranger's file belongs into a process of its own.
#pragma once

#include <memory>
#include <string>

#include "base/core/result.h"
#include "base/signal/source.h"

namespace media {

struct FilmInfo {
    bool has_video = false, has_audio = false;
    int width_px = 0, height_px = 0;
    double fps = 0;
    int64_t frame_count = -1;  // -1 where the file does not say
    double video_start_s = 0;  // when the first picture and the first sample are presented
    double audio_start_s = 0;
    double video_duration_s = 0;
    double audio_duration_s = 0;
};

base::Result<FilmInfo> inspect_film(const std::string& path);

// Pictures as RGB, in order of presentation. Refuses pictures of more than `max_pixels`.
base::Result<std::unique_ptr<base::FrameSource>> open_frames(const std::string& path,
                                                             int64_t max_pixels = 64'000'000);
// Sound as 48 kHz stereo, priming and padding removed, of a film or of a file of sound alone (WAV,
// MP3, FLAC, AAC, Ogg, AIFF). An Error when the file has none.
base::Result<std::unique_ptr<base::AudioSource>> open_sound(const std::string& path);

}  // namespace media
