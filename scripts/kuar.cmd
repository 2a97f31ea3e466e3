@echo off
rem Starts kuar on Windows. Not tested on Windows. Needs a JDK 17 or newer; builds what is missing first.
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if not exist "%HOME_DIR%\target\kuar.jar" (
  echo kuar: building, once; this takes a minute or two ...
  pushd "%HOME_DIR%"
  call mvnw.cmd -B -q -Dquick -Dmaven.test.skip=true package || exit /b 3
  popd
)
"%JAVA%" -XX:+UseSerialGC -Xshare:auto -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -cp "%HOME_DIR%\target\kuar.jar" dev.kuar.Main %*
exit /b %ERRORLEVEL%
