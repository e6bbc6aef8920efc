include_HEADERS += %D%/perfbench.h
pkgconfig_DATA += src/perfbench/perfbench.pc
