from allauth.account.stages import EmailVerificationStage, LoginStage
from allauth.account.views import LoginView
from django.http import HttpRequest, HttpResponseRedirect


class SignInView(LoginView):  # type: ignore[misc]
    """Open to whoever has just signed up: the address may have had an account, which the message alone says."""

    def _redirect_to_pending_stage(
        self, request: HttpRequest, stage: LoginStage
    ) -> HttpResponseRedirect | None:
        if isinstance(stage, EmailVerificationStage):
            return None
        resumed: HttpResponseRedirect | None = super()._redirect_to_pending_stage(request, stage)
        return resumed
