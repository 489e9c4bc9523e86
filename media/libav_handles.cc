#include "media/libav_handles.h"

#include <mutex>

#include "base/core/log.h"

namespace media {
namespace {

void to_our_log(void* object, int level, const char* format, va_list arguments) {
    if (level > AV_LOG_ERROR) return;
    char line[512];
    int print_prefix = 1;
    av_log_format_line2(object, level, format, arguments, line, sizeof(line), &print_prefix);
    std::string text = line;
    while (!text.empty() && text.back() == '\n') text.pop_back();
    // Callers get the failure as an Error; this is the detail behind it.
    base::log_debug(text);
}

}  // namespace

void quiet_libav() {
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_callback(to_our_log); });
}

}  // namespace media
