{include file="_head.tpl" title="Caisse RecyClique : configuration"}

{include file=$nav here="config" export=false}

{if $_GET.msg === 'SAVED'}
<p class="block confirm">Secret enregistré.</p>
{/if}

{form_errors}

<form method="post" action="{$self_url}">
	<fieldset>
		<legend>Secret partagé avec Passerelle</legend>
		{if $secret_is_set}
		<p class="help">Un secret est enregistré. Il n'est pas affiché : Paheko n'en garde qu'une empreinte. En saisir un autre le remplace ; Passerelle doit alors recevoir le même.</p>
		{else}
		<p class="block alert">Aucun secret n'est enregistré : toute vente est refusée.</p>
		{/if}
		<dl>
			{input type="password" name="secret" label="Secret" required=true autocomplete="new-password" help="%d caractères au moins, sans accent ; le même que PAHEKO_PLUGIN_SECRET de Passerelle"|args:$shortest}
			<dt>Proposition, tirée au hasard</dt>
			<dd>{copy_button label=$proposal}</dd>
			<dt>Adresse à donner à Passerelle (PAHEKO_PLUGIN_URL)</dt>
			<dd>{copy_button label=$push_url}</dd>
		</dl>
	</fieldset>

	<p class="submit">
		{csrf_field key=$csrf_key}
		{button type="submit" name="save" label="Enregistrer" shape="right" class="main"}
	</p>
</form>

{include file="_foot.tpl"}
